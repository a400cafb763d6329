/** One thing to say that Teams offers: its text is put into the box where people write, and sent to the bot as it is. */
export interface OfferedText {
  /** What the bot must understand. At most 128 characters. */
  readonly text: string;
  /** What comes of it, as Teams shows it beside the text. */
  readonly description: string;
  /** Whole questions are shown as prompt starters, single words as commands. */
  readonly kind: 'question' | 'word';
}

const question = (text: string, description: string): OfferedText => ({ kind: 'question', text, description });
const word = (text: string, description: string): OfferedText => ({ kind: 'word', text, description });

/** Everything that Teams says of the app, outside of conversations. Lengths are those of the manifest. */
export const manifestTexts = {
  /** At most 30 characters. */
  nameShort: 'VPN Gateway Support',
  /** At most 100 characters. */
  nameFull: 'VPN Gateway Support: answers and guides',
  /** At most 80 characters. */
  descriptionShort: 'Answers on Azure VPN Gateway, and guides through decisions and troubleshooting.',
  /** At most 4,000 characters; Markdown is not shown. */
  descriptionFull:
    'Ask about Azure VPN Gateway in your own words: connection types, gateways and SKUs, VPN devices, Point-to-Site clients, ' +
    'IPsec policies, BGP. You get the answer of a fixed FAQ, with its source, or an honest “I don’t know”.\n\n' +
    'Guides ask a few short questions and then name what fits: the connection type, the gateway SKU, the size of the gateway ' +
    'subnet, or what is wrong with a tunnel. “I don’t know” is a good answer there too.\n\n' +
    'Talk to the bot alone, mention it in a channel or a group chat, or search the FAQ from the box where you write and put an ' +
    'answer into your message.',
  /** The search in the message extension: at most 32 characters a title, 128 a description. */
  search: {
    title: 'Search the FAQ',
    description: 'Find an answer on Azure VPN Gateway and put it into your message',
    parameterTitle: 'Your question',
    parameterDescription: 'A question or a few words, for example BGP on Basic',
  },
  /** At most 12 a list. */
  offeredAlone: [
    question('Which connection type fits me?', 'Up to four short questions'),
    question('Which gateway SKU do I need?', 'By your tunnels, users and throughput'),
    question('Will my VPN device work with Azure?', 'Checks the device at the edge of your site'),
    question('What is wrong with my Site-to-Site tunnel?', 'Finds the cause step by step'),
    question('Why does the VPN of a single computer not work?', 'Finds the cause step by step'),
    question('What is the difference between Site-to-Site and Point-to-Site?', 'An answer from the FAQ'),
    question('Is BGP supported on all gateway SKUs?', 'An answer from the FAQ'),
    question('Which client operating systems can I use with Point-to-Site?', 'An answer from the FAQ'),
    question('What can you do?', 'What I know, and how to ask'),
    word('Guides', 'All guides to choose from'),
    word('Start over', 'Forgets what was said'),
    word('Human', 'Who helps when I cannot'),
  ],
  offeredInGroups: [
    question('Which connection type fits me?', 'A guide for everybody here'),
    question('Which gateway SKU do I need?', 'A guide for everybody here'),
    question('What is wrong with my Site-to-Site tunnel?', 'A guide for everybody here'),
    question('Is BGP supported on all gateway SKUs?', 'An answer from the FAQ'),
    word('Guides', 'All guides to choose from'),
    word('Help', 'How to ask'),
    word('Human', 'Who helps when I cannot'),
  ],
} as const;
