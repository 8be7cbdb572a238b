// Forms with secrets go straight to their endpoint: what is typed never becomes part of the page's circuit, and the
// fields are emptied once it was sent.
document.addEventListener('submit', async event => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches('[data-private-form]')) return;
  event.preventDefault();
  const button = form.querySelector('[type=submit]');
  if (button) button.disabled = true;
  show(form, 'Working…', null);
  const fields = new URLSearchParams(new FormData(form));
  const token = fields.get('__RequestVerificationToken') ?? '';
  fields.delete('__RequestVerificationToken');
  try {
    const response = await fetch(form.action, {
      method: 'POST', body: fields, headers: { RequestVerificationToken: token }, redirect: 'error',
    });
    const answer = response.headers.get('Content-Type')?.includes('json') ? await response.json() : null;
    const message = answer?.message ?? answer?.detail ?? `Refused (${response.status}).`;
    show(form, message, answer?.ok === true);
    if (answer?.ok === true) form.querySelectorAll('input:not([type=hidden])').forEach(input => { input.value = ''; });
  } catch {
    show(form, 'Equilibrage does not answer, or you are not signed in any more. Load the page again.', false);
  } finally {
    form.querySelectorAll('input[type=password], textarea').forEach(input => { input.value = ''; });
    if (button) button.disabled = false;
  }
});

function show(form, text, ok) {
  const place = form.querySelector('[data-answer]');
  if (!place) return;
  place.textContent = text;
  place.className = ok === null ? 'answer' : ok ? 'answer answer--good' : 'answer answer--bad';
}
