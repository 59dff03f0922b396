// Chooses the paper of a page that is made to be printed, and its size of type.
(() => {
  'use strict';

  const select = document.querySelector('select.paper');
  if (!select) return;
  const asked = new URLSearchParams(location.search).get('paper');
  if (asked === 'a4' || asked === 'letter') select.value = asked;

  // Each paper has a style sheet of its own, because only a page rule can set the size.
  const choose = () => {
    for (const sheet of document.querySelectorAll('link[data-paper]')) sheet.disabled = sheet.dataset.paper !== select.value;
  };
  select.addEventListener('change', choose);
  choose();

  const large = document.getElementById('page--large');
  const size = new URLSearchParams(location.search).get('size');
  if (large && (size === 'large' || size === 'normal')) large.checked = size === 'large';
})();
