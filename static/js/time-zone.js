// Tells a form in which time zone this browser is; without script the form says nothing.
const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
document.querySelectorAll('[data-time-zone]').forEach((input) => { input.value = timeZone; });
