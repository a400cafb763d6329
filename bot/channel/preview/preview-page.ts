import { createHash } from 'node:crypto';
import type { Activity } from 'botbuilder';
import type { Reply } from '../../reply';
import { renderTurn } from '../render/render-turn';

/** One message of a person and what the bot said to it. */
export interface PreviewTurn {
  readonly said: string;
  readonly replies: readonly Reply[];
}

/** The channels beside each other, and what they are drawn with. */
const CHANNELS = [
  { id: 'webchat', name: 'Web chat', note: 'Drawn by Web Chat, as on a page.' },
  { id: 'emulator', name: 'Emulator', note: 'Drawn by Web Chat, as the Emulator does.' },
  {
    id: 'msteams',
    name: 'Teams',
    note: 'The message and card that Teams gets, in Teams’ fonts and measures. The app itself may differ a little.',
  },
] as const;

export interface PreviewOptions {
  readonly turns: readonly PreviewTurn[];
  /** Address of Web Chat’s bundle, as the page will find it. */
  readonly webChat: string;
}

/** An HTML page that shows the turns of one conversation as each channel shows them, side by side. */
export function buildPreviewPage({ turns, webChat }: PreviewOptions): string {
  const columns = CHANNELS.map(({ id, name, note }) => ({ id, name, note, activities: activitiesOf(turns, id) }));
  // The one way out of a script element is its end tag.
  const data = JSON.stringify(columns).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyFor(webChat)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(turns[0]?.said ?? '')} · preview</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${CHANNELS.map(({ id, name, note }) => `<section><h1>${name}</h1><p>${note}</p><div class="chat" id="${id}"></div></section>`).join('\n')}
</main>
<script type="application/json" id="columns">${data}</script>
<script src="${escapeHtml(webChat)}"></script>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

/** The whole conversation as a client of the channel would hear it. */
function activitiesOf(turns: readonly PreviewTurn[], channelId: string): readonly Partial<Activity>[] {
  const said = turns.flatMap(({ said: text, replies }) => [
    { type: 'message', text, from: { id: 'person', name: 'You', role: 'user' } },
    ...renderTurn(replies, channelId).map((activity) => ({
      ...activity,
      from: { id: 'bot', name: 'Bot', role: 'bot' },
    })),
  ]);
  // The time is the same in every preview, so that two of them can be compared.
  return said.map(
    (activity, index) =>
      ({
        ...activity,
        id: `${index + 1}`,
        channelId,
        conversation: { id: 'preview' },
        timestamp: new Date(Date.UTC(2026, 0, 1, 12, 0, index)).toISOString(),
      }) as unknown as Partial<Activity>,
  );
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Nothing runs but Web Chat and our own script: a link in content cannot, and no picture is loaded from elsewhere. */
function policyFor(webChat: string): string {
  const own = createHash('sha256').update(SCRIPT).digest('base64');
  const scripts = `'sha256-${own}' ${webChat.startsWith('file:') ? 'file:' : "'self'"}`;
  return escapeHtml(
    `default-src 'none'; script-src ${scripts}; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'`,
  );
}

const STYLE = `
*{box-sizing:border-box}
body{margin:0;font:14px/1.45 "Segoe UI",system-ui,sans-serif;background:#eef1f4;color:#1b1f24}
main{display:grid;grid-template-columns:repeat(3,minmax(340px,1fr));gap:16px;padding:16px;height:100vh}
section{display:flex;flex-direction:column;min-height:0;background:#fff;border:1px solid #d5dbe1;border-radius:10px;overflow:hidden}
section > h1{font-size:16px;margin:12px 16px 0}
section > p{margin:2px 16px 10px;color:#57606a}
.chat{flex:1;min-height:0;border-top:1px solid #d5dbe1}
#webchat table{border-collapse:collapse}
#webchat :is(th,td){border:1px solid #d5dde6;padding:6px 10px;text-align:left}
#msteams{background:#f5f5f5}

@media (max-width:1080px){main{grid-template-columns:1fr;height:auto}.chat{height:80vh;flex:none}}
`;

/** Runs in the page: each column is a Web Chat over a conversation that has been already. */
const SCRIPT = `
const subscribable = (values) => ({ subscribe(observer) {
  const next = typeof observer === 'function' ? observer : (value) => observer.next && observer.next(value);
  let open = true;
  setTimeout(() => { for (const value of values) if (open) next(value); }, 0);
  return { unsubscribe() { open = false; } };
} });
const teams = {
  fontFamily: '"Segoe UI", system-ui, sans-serif',
  fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
  spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
  supportsInteractivity: true,
  actions: { maxActions: 6, actionsOrientation: 'vertical', actionAlignment: 'left', buttonSpacing: 8, spacing: 'default' },
};
for (const { id, activities } of JSON.parse(document.getElementById('columns').textContent)) {
  WebChat.renderWebChat({
    directLine: {
      activity$: subscribable(activities),
      connectionStatus$: subscribable([0, 1, 2]),
      postActivity: () => subscribable(['0']),
      end() {},
    },
    userID: 'person',
    locale: 'en-US',
    ...(id === 'msteams' ? { adaptiveCardsHostConfig: teams } : {}),
    styleOptions: {
      hideUploadButton: true, rootHeight: '100%', bubbleBorderRadius: 6, bubbleFromUserBorderRadius: 6, bubbleMaxWidth: 640,
      bubbleFromUserBackground: '#e5edf7', primaryFont: '"Segoe UI", system-ui, sans-serif', suggestedActionLayout: 'flow',
      ...(id === 'msteams' ? { backgroundColor: '#f5f5f5' } : {}),
    },
  }, document.getElementById(id));
}
`;
