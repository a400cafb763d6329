/* What the page around the frame wishes, as it stands in the frame's address. Anybody can write there, so nothing is taken unread. */

const MAX_TITLE = 80;
const MAX_GREETING = 400;

/** The settings, each as it is by default where there is none or it cannot be; `host`: origin of the page around the frame. */
export function readSettings(hash) {
  const given = parse(hash);
  const text = (value, maxLength) => (typeof value === 'string' && value.length <= maxLength ? value : '');
  return {
    host: originOf(given.host),
    title: text(given.title, MAX_TITLE),
    greeting: text(given.greeting, MAX_GREETING),
    language: text(given.language, 2),
    theme: ['light', 'dark'].includes(given.theme) ? given.theme : 'auto',
    accent: /^#[\da-f]{6}$/i.test(given.accent) ? given.accent : undefined,
    privacyUrl: pageOf(given.privacyUrl),
  };
}

function parse(hash) {
  try {
    return Object(JSON.parse(decodeURIComponent(hash.replace(/^#/, ''))));
  } catch {
    return {};
  }
}

function originOf(address) {
  return URL.canParse(address) && new URL(address).origin === address ? address : undefined;
}

function pageOf(address) {
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol) ? address : undefined;
}
