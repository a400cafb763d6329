/** One setting as `.env.example`, the README's table and `loadConfig` know it. */
export interface Setting {
  readonly name: string;
  /** What is used when it is not set, as it would be written; empty for nothing. */
  readonly default: string;
  readonly meaning: string;
  /** Whether it must stay between the operator and the bot: `NAME_FILE` may then name a file that holds it. */
  readonly secret?: true;
}

/** Every setting, in the order in which they are documented. */
export const SETTINGS: readonly Setting[] = [
  { name: 'PORT', default: '3978', meaning: 'Port to listen on (0 takes a free one).' },
  {
    name: 'HOST',
    default: '',
    meaning:
      'Address to listen on. Default: 127.0.0.1 without credentials (nothing else is allowed then), 0.0.0.0 with.',
  },
  {
    name: 'PUBLIC_URL',
    default: '',
    meaning:
      'Address at which people, Teams and browsers reach the bot, without a path, such as https://help.example. Needed behind a proxy.',
  },
  {
    name: 'TRUSTED_PROXIES',
    default: '0',
    meaning: 'Proxies in front whose X-Forwarded-For names the client. 0: that header is not believed.',
  },
  {
    name: 'MicrosoftAppType',
    default: '',
    meaning: 'SingleTenant or UserAssignedMSI. Empty: no credentials, for this machine only.',
  },
  { name: 'MicrosoftAppId', default: '', meaning: 'The bot’s application (client) id.' },
  { name: 'MicrosoftAppPassword', default: '', meaning: 'The client secret. SingleTenant only.', secret: true },
  { name: 'MicrosoftAppTenantId', default: '', meaning: 'The tenant the application is registered in.' },
  { name: 'CONTACT_MAIL', default: '', meaning: 'Mail address for people who want a human.' },
  { name: 'CONTACT_PAGE', default: '', meaning: 'Web page (https) for people who want a human.' },
  { name: 'LOG_LEVEL', default: 'info', meaning: 'fatal, error, warn, info, debug, trace or silent.' },
  {
    name: 'LOG_MESSAGES',
    default: 'off',
    meaning: 'on: logs carry the text of messages. Personal data may be among it.',
  },
  { name: 'KNOWLEDGE_DIR', default: 'knowledge', meaning: 'Folder of the FAQ, intents and glossary.' },
  { name: 'GUIDES_DIR', default: 'dialogs/guides', meaning: 'Folder of the guided dialogs.' },
  {
    name: 'SEMANTIC',
    default: 'on',
    meaning: 'off: questions are found by their words alone. Saves about 130 MB of memory, finds a little less.',
  },
  {
    name: 'MESSAGES_PER_MINUTE',
    default: '60',
    meaning:
      'Activities that one conversation may send to /api/messages a minute. One person may send twice as many in all.',
  },
  { name: 'MAX_BODY_BYTES', default: '262144', meaning: 'Largest request body.' },
  { name: 'CONNECTOR_TIMEOUT_MS', default: '10000', meaning: 'How long sending one reply to a channel may take.' },
  {
    name: 'MAX_CONVERSATIONS',
    default: '10000',
    meaning: 'Conversations remembered at once, with STORAGE lmdb: or memory:. Other storages keep all.',
  },
  {
    name: 'CONVERSATION_IDLE_MINUTES',
    default: '1440',
    meaning: 'A conversation this long without a message is forgotten.',
  },
  {
    name: 'STORAGE',
    default: 'lmdb:data',
    meaning:
      'Where conversations are kept: lmdb:FOLDER (one process), redis://HOST:PORT (any number), azureblob:CONTAINER, cosmosdb:https://ACCOUNT/DATABASE/CONTAINER, or memory: for nothing over a restart.',
    // The address of a Redis may hold its password.
    secret: true,
  },
  {
    name: 'STORAGE_TIMEOUT_MS',
    default: '1000',
    meaning:
      'How long the storage may take, the embedded one at least 10,000. After that the bot goes on from its memory until the storage answers again.',
  },
  {
    name: 'AZURE_STORAGE_CONNECTION_STRING',
    default: '',
    meaning:
      'Account for azureblob:CONTAINER. Not needed with azureblob:https://ACCOUNT.blob.core.windows.net/CONTAINER.',
    secret: true,
  },
  { name: 'COSMOS_KEY', default: '', meaning: 'Key for cosmosdb:.', secret: true },
  {
    name: 'FEEDBACK_FILE',
    default: 'data/feedback.jsonl',
    meaning: 'File that keeps feedback on answers, without names. Set but empty: in the log only.',
  },
  { name: 'FEEDBACK_DAYS', default: '365', meaning: 'Feedback that is older is deleted.' },
  {
    name: 'WEB_CHAT_SECRET',
    default: '',
    meaning:
      'Signs the web chat’s tokens, at least 32 characters. Empty: one is made and kept in the folder of lmdb:; the other storages need one.',
    secret: true,
  },
  { name: 'WEB_CHAT_TOKEN_MINUTES', default: '60', meaning: 'Life of a web chat token (30 or more).' },
  {
    name: 'TEAMS_APP_ID',
    default: '',
    meaning: 'Id of the Teams app, a GUID. Empty: one made from MicrosoftAppId, always the same.',
  },
  {
    name: 'TEAMS_DEVELOPER_NAME',
    default: '',
    meaning: 'Who offers the bot, as Teams shows it (up to 32 characters), for example Contoso IT.',
  },
  {
    name: 'TEAMS_WEBSITE_URL',
    default: '',
    meaning: 'Web page (https) about the bot, for example https://example.com/bot. Empty: PUBLIC_URL.',
  },
  {
    name: 'TEAMS_PRIVACY_URL',
    default: '',
    meaning: 'Web page (https) on what happens to people’s data, for example https://example.com/privacy.',
  },
  {
    name: 'TEAMS_TERMS_URL',
    default: '',
    meaning: 'Web page (https) with the terms of use, for example https://example.com/terms.',
  },
  {
    name: 'WEB_CHAT_ORIGINS',
    default: '',
    meaning:
      'Other sites whose pages may show the chat, such as https://www.example.com; several with spaces or commas.',
  },
  {
    name: 'WEB_CHAT_SESSIONS_PER_MINUTE',
    default: '120',
    meaning: 'Conversations that one address may open a minute. A company may stand behind one address.',
  },
  {
    name: 'WEB_CHAT_MESSAGES_PER_MINUTE',
    default: '60',
    meaning: 'Messages that one conversation may send a minute. One address may send 20 times as many.',
  },
  {
    name: 'DIRECT_LINE_SECRET',
    default: '',
    meaning: 'Secret of Azure’s Direct Line. Set: the web chat goes through Azure. Empty: through this server alone.',
    secret: true,
  },
  {
    name: 'DIRECT_LINE_URL',
    default: 'https://directline.botframework.com',
    meaning:
      'Where Azure’s Direct Line is; another one for a region, such as https://europe.directline.botframework.com.',
  },
  {
    name: 'METRICS_TOKEN',
    default: '',
    meaning: 'Bearer token for /metrics, at least 16 characters. Empty: only clients on this machine get them.',
    secret: true,
  },
  {
    name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    default: '',
    meaning: 'OpenTelemetry collector (OTLP over HTTP), such as http://localhost:4318. Empty: nothing is traced.',
  },
  { name: 'OTEL_SERVICE_NAME', default: 'vpn-gateway-support-bot', meaning: 'Name of the bot in traces.' },
  {
    name: 'STOP_DRAIN_MS',
    default: '0',
    meaning:
      'How long a stop goes on serving, with /ready at 503, so that a load balancer sends people elsewhere first.',
  },
  { name: 'STOP_TIMEOUT_MS', default: '10000', meaning: 'How long a stop waits for the turns in hand.' },
];
