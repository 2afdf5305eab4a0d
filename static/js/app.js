// Progressive enhancement for every page. Everything here has a working no-script path, or is hidden without script.
const TOAST_STAYS = 8000;

// Theme: the server renders html[data-theme] from this cookie, so there is no flash on the next page.
const setTheme = (choice) => {
  document.documentElement.dataset.theme = choice;
  document.cookie = `theme=${choice}; path=/; max-age=31536000; SameSite=Lax`;
};

// Dialogs: command/commandfor is native; this teaches browsers that lack it.
const nativeCommands = 'commandForElement' in HTMLButtonElement.prototype;
const command = (button) => {
  const dialog = document.getElementById(button.getAttribute('commandfor'));
  if (button.getAttribute('command') === 'show-modal') dialog.showModal();
  if (button.getAttribute('command') === 'close') dialog.close();
};

document.addEventListener('click', (event) => {
  const on = (selector) => event.target.closest(selector);
  if (!nativeCommands && on('[command]')) command(on('[command]'));
  if (on('[data-theme-choice]')) setTheme(on('[data-theme-choice]').dataset.themeChoice);
  if (on('[data-print]')) print();
  if (on('[data-dismiss]')) on('.toast, .banner').remove();
});

// A toast leaves by itself, but not while somebody reads it.
const leaveLater = (toast) => {
  toast.dataset.leaves = true;
  const leave = () => (toast.matches(':hover, :focus-within') ? setTimeout(leave, TOAST_STAYS) : toast.remove());
  setTimeout(leave, TOAST_STAYS);
};
const toasts = () => document.querySelectorAll('.toast:not([data-leaves])').forEach(leaveLater);
toasts();

// After a swap: new toasts leave too, and errors take the focus, so that they are read.
document.addEventListener('htmx:afterSettle', (event) => {
  toasts();
  event.target.querySelector?.('.error-summary')?.focus();
});

// What the server could not answer is said where one works; nothing typed is lost.
const tellUnanswered = () => {
  const main = document.querySelector('#main');
  if (main.querySelector('[data-unanswered]')) return;
  main.prepend(document.querySelector('#unanswered').content.cloneNode(true));
  main.firstElementChild.dataset.unanswered = true;
};
['htmx:responseError', 'htmx:sendError', 'htmx:timeout'].forEach((name) => document.addEventListener(name, tellUnanswered));
