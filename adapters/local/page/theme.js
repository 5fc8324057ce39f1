/* Sets light or dark before the first paint; without a choice the system's own counts. */
(() => {
  const kept = localStorage.getItem('greenroom theme');
  if (kept === 'light' || kept === 'dark') document.documentElement.dataset.theme = kept;
})();
