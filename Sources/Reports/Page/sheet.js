// @ts-check
// Switches the language, and unfolds everything before printing.

const root = document.documentElement;
document.querySelector('nav button').addEventListener('click', () => {
  root.dataset.lang = root.lang = root.dataset.lang === 'zh' ? 'en' : 'zh';
});
addEventListener('beforeprint', () => {
  for (const part of document.querySelectorAll('details')) part.open = true;
});
