"""Where the words of the test paper may be parted at a line's end."""

from __future__ import annotations

_PARTED = """
Jan·u·ary ad·dressed af·ter·noons al·though ar·chive ar·chives av·er·age bar·gain be·cause be·fore be·haves bor·row·er
cat·a·logue col·leagues cu·ri·ous de·feat·ed dif·fer·ence dif·fer·ences dif·fer·ently dif·fi·cul·ty dis·trust
ear·li·er en·tries eve·ning ev·ery·body ex·plain feel·ing fil·a·ment fin·ished fi·nal·ly fol·lows fort·night harm·less
im·por·tance in·stead in·sti·tu·tions in·vent·ed keep·er keep·ers lan·tern led·ger led·gers leg·i·ble min·utes
neigh·bour no·body num·ber num·bers ob·jec·ted op·po·site pa·per pa·pers peo·ple per·mu·ta·tions prac·tised pres·ence
pre·dic·tor pro·grams ques·tion ques·tions read·ing rea·son rea·sons rec·om·mend re·mem·ber re·mem·bers re·sults
sec·ond set·tled some·body some·thing stand·ard stran·ger stran·gers sur·prised typ·i·cal un·dam·aged use·ful vil·lage
vil·lages vir·tue vis·i·tor vis·i·tors what·ev·er win·ter with·out writ·ers writ·ing ·
"""

HYPHENS = {word.replace("·", "").lower(): word for word in _PARTED.split()}
