// What the frame needs before, or without, a circuit: skipping to the content and reconnecting.
const notice = document.getElementById('components-reconnect-modal');

document.addEventListener('click', async event => {
  const target = event.target instanceof Element ? event.target : null;
  const skip = target?.closest('[data-skip-to]');
  if (skip) document.getElementById(skip.dataset.skipTo)?.focus();
  if (target?.closest('[data-reconnect]')) await reconnect();
});

async function reconnect() {
  let answered = false;
  try {
    answered = await fetch('', { method: 'HEAD', cache: 'no-store' }).then(response => response.ok);
  } catch {
    answered = false; // Still down: the notice stays, and so does the button.
  }
  if (answered) location.reload();
}

// A rejected circuit is gone for good (the application was restarted): only a new page helps.
if (notice) {
  new MutationObserver(() => {
    if (notice.classList.contains('components-reconnect-rejected')) location.reload();
  }).observe(notice, { attributes: true, attributeFilter: ['class'] });
}
