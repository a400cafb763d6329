/** Resolves once a condition holds, which is asked every few milliseconds; rejects where it does not in time. */
export async function until(condition: () => boolean | Promise<boolean>, timeoutMs = 10_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`It did not come true in ${timeoutMs} ms.`);
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
}
