/** A button under a reply: what it says, and the action it carries (see action.ts). */
export interface Button {
  readonly label: string;
  readonly action: string;
}

/** A person or page that helps when the bot cannot. At least one of the two is set. */
export interface Contact {
  readonly mail: string | undefined;
  readonly page: string | undefined;
}

/**
 * What the bot says, as data. Texts are Markdown (CommonMark with tables). Every surface renders each kind in its own way;
 * none decides anything.
 */
export type Reply =
  | { readonly kind: 'text'; readonly text: string; readonly buttons: readonly Button[] }
  | {
      readonly kind: 'answer';
      readonly entryId: string;
      /** Said before the answer, for example a greeting returned; may be empty. */
      readonly lead: string;
      readonly title: string;
      /** Markdown whose links are all absolute addresses. */
      readonly body: string;
      /** ISO date the facts are valid as of; `undefined` where the source has none. */
      readonly asOf: string | undefined;
      readonly buttons: readonly Button[];
    }
  | {
      readonly kind: 'question';
      readonly guideId: string;
      readonly guideTitle: string;
      /** Said before the question: what was understood, a tip, "back to …"; may be empty. */
      readonly lead: string;
      /** 1-based number of this question, and how many the longest way on would make in all. */
      readonly step: number;
      readonly ofAbout: number;
      readonly text: string;
      readonly why: string;
      /** The choices, in order: people may answer with their numbers. */
      readonly choices: readonly Button[];
      /** Back, cancel and the like: not numbered. */
      readonly buttons: readonly Button[];
    }
  | {
      readonly kind: 'outcome';
      readonly guideId: string;
      readonly guideTitle: string;
      readonly verdict: string;
      readonly explanation: string;
      readonly reasons: readonly string[];
      readonly ruledOut: readonly { readonly what: string; readonly because: string }[];
      readonly nextSteps: readonly string[];
      readonly cites: readonly { readonly id: string; readonly title: string }[];
      readonly asOf: string;
      readonly buttons: readonly Button[];
    }
  | {
      readonly kind: 'handover';
      readonly text: string;
      readonly contact: Contact | undefined;
      readonly buttons: readonly Button[];
    };
