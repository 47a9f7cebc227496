// @ts-check
// The page works without this script; it adds the filter, folding of everything, and the choice of colours.
'use strict';

/**
 * @param {string} id
 * @returns {HTMLElement | null}
 */
const byId = (id) => document.getElementById(id);

/** @param {string} selector */
const all = (selector) => [...document.querySelectorAll(selector)];

/** @typedef {{ item: HTMLElement, text: string, clusters: string[], action: string }} Entry */

function colours() {
  const button = byId('theme');
  if (button === null) return;
  const root = document.documentElement;
  let isDark = matchMedia('(prefers-color-scheme: dark)').matches;
  const label = () => {
    button.textContent = isDark ? 'Light colours' : 'Dark colours';
  };
  button.addEventListener('click', () => {
    isDark = !isDark;
    root.style.colorScheme = isDark ? 'dark' : 'light';
    label();
  });
  label();
  button.hidden = false;
}

/** @returns {Entry[]} */
function entries() {
  return all('[data-object]').map((element) => {
    const item = /** @type {HTMLElement} */ (element);
    const owner = item.parentElement?.closest('.tree > li')?.querySelector('summary')?.textContent ?? '';
    const { clusters = '', action = '' } = item.dataset;
    return {
      item,
      text: `${owner} ${item.textContent} ${clusters}`.toLowerCase(),
      clusters: clusters.split(' '),
      action,
    };
  });
}

/** @param {Entry[]} known */
function filter(known) {
  const words = /** @type {HTMLInputElement} */ (byId('words')).value.toLowerCase().split(/\s+/);
  const cluster = /** @type {HTMLSelectElement} */ (byId('cluster')).value;
  const actions = all('[name=action]:checked').map((box) => /** @type {HTMLInputElement} */ (box).value);
  let found = 0;
  for (const { item, text, clusters, action } of known) {
    const isShown =
      words.every((word) => text.includes(word)) &&
      (cluster === '' || clusters.includes(cluster)) &&
      actions.includes(action);
    item.hidden = !isShown;
    if (isShown) found++;
  }
  for (const branch of all('[data-branch]').toReversed())
    /** @type {HTMLElement} */ (branch).hidden = branch.querySelector('[data-object]:not([hidden])') === null;
  const status = byId('found');
  if (status !== null)
    status.textContent = `${found === known.length ? '' : `${found} of `}${known.length} ${known.length === 1 ? 'change' : 'changes'}`;
}

/** @param {boolean} isOpen */
function foldAll(isOpen) {
  for (const element of all(isOpen ? '.tree details' : '[data-object] > details'))
    /** @type {HTMLDetailsElement} */ (element).open = isOpen;
}

/** @param {() => void} update */
function keys(update) {
  const words = /** @type {HTMLInputElement} */ (byId('words'));
  document.addEventListener('keydown', (event) => {
    const isTyping = event.target instanceof HTMLInputElement && event.target.type === 'search';
    if (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      words.focus();
    }
    if (event.key === 'Escape' && event.target === words) {
      words.value = '';
      update();
    }
  });
}

function tree() {
  const form = byId('filter');
  if (form === null) return;
  const known = entries();
  const update = () => filter(known);
  form.addEventListener('input', update);
  form.addEventListener('submit', (event) => event.preventDefault());
  byId('unfold')?.addEventListener('click', () => foldAll(true));
  byId('fold')?.addEventListener('click', () => foldAll(false));
  keys(update);
  form.hidden = false;
  update();
}

/** Paper cannot be unfolded. */
function printing() {
  /** @type {HTMLDetailsElement[]} */
  let opened = [];
  addEventListener('beforeprint', () => {
    opened = all('details:not([open])').map((element) => /** @type {HTMLDetailsElement} */ (element));
    for (const details of opened) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of opened) details.open = false;
  });
}

colours();
tree();
printing();
