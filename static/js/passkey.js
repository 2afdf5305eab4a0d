// Passkeys: when such a form is sent, the browser asks its owner for one, and that goes along. The server judges it.
// Browsers of before 2025 lack the two ways of reading JSON; they are told so, like those at an address of digits.
const ways = {
  create: (json) => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(json) }),
  get: (json) => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(json) }),
};

const say = (form, name) => {
  const sentences = [...form.querySelectorAll('[data-passkey-error]')];
  const said = sentences.find(({ dataset }) => dataset.passkeyError === name) ?? sentences[0];
  sentences.forEach((sentence) => { sentence.hidden = sentence !== said; });
};

const send = async (form) => {
  const passkey = await ways[form.dataset.passkey](JSON.parse(form.dataset.options));
  form.elements.credential.value = JSON.stringify(passkey);
  form.submit();
};

document.querySelectorAll('form[data-passkey]').forEach((form) => {
  if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) say(form, 'SecurityError');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    send(form).catch(({ name }) => say(form, name));
  });
});
