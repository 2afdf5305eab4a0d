// Progressive enhancement for every page. Everything here has a working no-script path, or is hidden without script.
const TOAST_STAYS = 8000;

// Theme: the server renders html[data-theme] from this cookie, so there is no flash on the next page.
const setTheme = (choice) => {
  document.documentElement.dataset.theme = choice;
  document.cookie = `theme=${choice}; path=/; max-age=31536000; SameSite=Lax`;
};

document.addEventListener('click', (event) => {
  const theme = event.target.closest('[data-theme-choice]');
  if (theme) setTheme(theme.dataset.themeChoice);
  event.target.closest('[data-dismiss]')?.closest('.toast').remove();
});

// A toast leaves by itself, but not while somebody reads it.
document.querySelectorAll('.toast').forEach((toast) => {
  const leave = () => (toast.matches(':hover, :focus-within') ? setTimeout(leave, TOAST_STAYS) : toast.remove());
  setTimeout(leave, TOAST_STAYS);
});
