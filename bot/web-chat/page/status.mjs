/* The line that says how the connection is, and the one that says what has happened to the conversation. */

/** Shows a state of the connection (see `startChat`) in the element `line`, in words and by `data-state`. */
export function showState(line, state, words) {
  const kind = state === 'online' || state === 'connecting' ? state : 'offline';
  if (line.dataset.state !== kind) line.dataset.state = kind;
  // What is written anew is read aloud anew.
  if (line.textContent !== words[state]) line.textContent = words[state];
}

/** Shows a notice in the element `line`, or none. */
export function showNotice(line, notice) {
  line.textContent = notice;
  line.hidden = notice === '';
}
