// The composer: a draft outlives the page, Ctrl+Enter posts. Without storage the text is simply not kept.
const key = (textarea) => `draft:${location.pathname.split('/')[2]}:${textarea.dataset.draft}`;
const stored = (work) => { try { return work(sessionStorage); } catch { return null; } };

const restore = () => document.querySelectorAll('textarea[data-draft]').forEach((textarea) => {
  if (!textarea.value) textarea.value = stored((storage) => storage.getItem(key(textarea))) ?? '';
});
restore();
document.addEventListener('htmx:afterSwap', restore);

document.addEventListener('input', ({ target }) => {
  if (target.matches('textarea[data-draft]')) stored((storage) => storage.setItem(key(target), target.value));
});

document.addEventListener('keydown', (event) => {
  const sends = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
  if (sends && event.target.matches('textarea[data-draft]')) event.target.form.requestSubmit();
});

// What is posted is a draft no more.
document.addEventListener('htmx:beforeSwap', ({ detail }) => {
  const textarea = detail.requestConfig.elt.querySelector?.('textarea[data-draft]');
  if (textarea && detail.requestConfig.verb === 'post' && detail.xhr.status === 200) stored((storage) => storage.removeItem(key(textarea)));
});
