"use strict";
(() => {
  const proofs = () => [...document.querySelectorAll("details.proof")];
  const button = document.getElementById("fold");
  const setAll = (open) => {
    proofs().forEach((proof) => { proof.open = open; });
    if (button) button.dataset.open = String(open);
  };
  const unfold = (target) => {
    if (!target?.matches(".proof")) return;
    if (target.matches("details")) target.open = true;
    target.querySelectorAll(".crop").forEach((crop) => { crop.open = true; });
  };
  const reveal = () => unfold(document.getElementById(decodeURIComponent(location.hash.slice(1))));
  document.documentElement.classList.add("scripted");
  if (matchMedia("(max-width: 43rem)").matches) setAll(false);
  button?.addEventListener("click", () => setAll(button.dataset.open !== "true"));
  document.addEventListener("click", (event) => {
    const mark = event.target.closest("a.mark");
    if (mark) unfold(document.getElementById(decodeURIComponent(mark.hash.slice(1))));
  });
  addEventListener("hashchange", reveal);
  reveal();
  let before = [];
  addEventListener("beforeprint", () => { before = proofs().filter((proof) => !proof.open); setAll(true); });
  addEventListener("afterprint", () => before.forEach((proof) => { proof.open = false; }));
  const copy = document.getElementById("copy");
  copy?.addEventListener("click", async () => {
    const entries = document.getElementById("bibtex");
    try {
      await navigator.clipboard.writeText(entries.textContent);
      copy.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(entries);
      copy.textContent = "Selected: now copy";
    }
  });
})();
