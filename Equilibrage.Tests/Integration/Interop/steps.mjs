// Named steps of a conversation with the exchange. Each prints {"step": NAME, "error": null or WHY} on a line.

/** Runs one step; a later step may go on without it. */
export async function step(name, work) {
  let error = null;
  try {
    await work();
  } catch (thrown) {
    error = String(thrown?.stack ?? thrown);
  }

  console.log(JSON.stringify({ step: name, error }));
}

/** Asks until the answer is truthy; the exchange settles in its own time. */
export async function eventually(question, what, seconds = 20) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await question();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The exchange's words for a call that it must refuse. */
export async function refusal(call) {
  try {
    const reply = await call();
    if (reply?.errorMsg) return String(reply.errorMsg);
    throw new Error(`it was not refused: ${JSON.stringify(reply)}`);
  } catch (error) {
    if (error?.status === undefined && error?.data === undefined) throw error;
    return String(error.data?.error ?? error.message);
  }
}
