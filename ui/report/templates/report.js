"use strict";
(() => {
  const proofs = () => [...document.querySelectorAll("details.proof")];
  const button = document.getElementById("fold");
  const setAll = (open) => {
    proofs().forEach((proof) => { proof.open = open; });
    if (button) button.dataset.open = String(open);
  };
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.matches("details")) target.open = true;
  };
  document.documentElement.classList.add("scripted");
  if (matchMedia("(max-width: 43rem)").matches) setAll(false);
  button?.addEventListener("click", () => setAll(button.dataset.open !== "true"));
  document.addEventListener("click", (event) => {
    const mark = event.target.closest("a.mark");
    const target = mark && document.getElementById(mark.hash.slice(1));
    if (target && target.matches("details")) target.open = true;
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
