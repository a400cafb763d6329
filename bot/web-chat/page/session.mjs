/* Sessions of this browser with the server: a new one, or the one it had before, shared by all of its tabs. */

const ADDRESS = '/web-chat/session';
const STORAGE_KEY = `support-chat ${location.origin}`;
const TIMEOUT_MS = 15_000;

/**
 * A session for the conversation of this browser, or for a new one if it has none, if that is over or if `fresh` is wished.
 * Resolves to `{ kind: 'session', session }` or `{ kind: 'wait', seconds }` while the server gives none. Never rejects.
 */
export function openSession({ fresh = false } = {}) {
  // Tabs that are opened at the same moment do it one after the other, and so find the same conversation.
  return exclusively(async () => {
    const earlier = fresh ? undefined : stored();
    const resumed = earlier && (await ask({ resume: earlier.resume }));
    const answer = resumed && resumed.kind !== 'gone' ? resumed : await ask({});
    if (answer.kind === 'session') store(answer.session);
    return answer;
  });
}

/** A session with a new token for the same conversation; `{ kind: 'gone' }` where that is over. Never rejects. */
export async function renewSession(session) {
  const answer = await ask({ resume: session.resume });
  const kept = stored();
  if (answer.kind === 'session' && (!kept || kept.conversationId === session.conversationId)) store(answer.session);
  if (answer.kind === 'gone') forgetSession(session);
  return answer;
}

/** This browser does not know the conversation any more. */
export function forgetSession({ conversationId }) {
  if (stored()?.conversationId !== conversationId) return;
  try {
    localStorage.removeItem(STORAGE_KEY);
  } catch {}
}

/** Calls `hear` with the id of a conversation that another tab has begun or opened. */
export function onSessionElsewhere(hear) {
  addEventListener('storage', (event) => {
    if (event.key !== STORAGE_KEY) return;
    const other = stored();
    if (other) hear(other.conversationId);
  });
}

async function ask(body) {
  try {
    const response = await fetch(ADDRESS, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.status === 410) return { kind: 'gone' };
    if (!response.ok) return { kind: 'wait', seconds: Number(response.headers.get('retry-after')) || 0 };
    const session = await response.json();
    return { kind: 'session', session: { ...session, domain: new URL(session.domain, location.href).href } };
  } catch {
    return { kind: 'wait', seconds: 0 };
  }
}

// Browsers can refuse storage and locks, above all to frames; the chat then works, and a reload begins a new conversation.
function store({ resume, conversationId }) {
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify({ resume, conversationId }));
  } catch {}
}

function stored() {
  try {
    const { resume, conversationId } = JSON.parse(localStorage.getItem(STORAGE_KEY));
    return typeof resume === 'string' && typeof conversationId === 'string' ? { resume, conversationId } : undefined;
  } catch {
    return undefined;
  }
}

async function exclusively(work) {
  let begun;
  try {
    return await navigator.locks.request(STORAGE_KEY, () => {
      begun = work();
      return begun;
    });
  } catch {
    return begun ?? work();
  }
}
