/** A button under a reply: what it says, and the action it carries (see action.ts). */
export interface Button {
  readonly label: string;
  readonly action: string;
}

/** A choice of a question. */
export interface ChoiceButton extends Button {
  /** In a question with several choices: whether it is picked already. */
  readonly picked: boolean;
}

/** Something to do, with the action that ticks it off. */
export interface ChecklistEntry {
  readonly text: string;
  readonly done: boolean;
  readonly action: string;
}

/** A person or page that helps when the bot cannot. At least one of the two is set. */
export interface Contact {
  readonly mail: string | undefined;
  readonly page: string | undefined;
}

/** A public page to read on. */
export interface Source {
  readonly title: string;
  readonly url: string;
}

/** A question of a guide that was answered. */
export interface AnsweredQuestion {
  readonly question: string;
  readonly answer: string;
  /** Whether the answer is a value that the person typed, such as an address, and not one of the choices. */
  readonly typed: boolean;
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
      /** Where the answer can be read on; `undefined` where no page is known. */
      readonly source: Source | undefined;
      readonly buttons: readonly Button[];
    }
  | {
      readonly kind: 'question';
      readonly guideId: string;
      readonly guideTitle: string;
      /** Said before the question: what was understood, a tip, "back to …"; may be empty. */
      readonly lead: string;
      /** The questions of this guide that were answered on the way here, in order. */
      readonly answered: readonly AnsweredQuestion[];
      /** 1-based number of this question, and how many the longest way on would make in all. */
      readonly step: number;
      readonly ofAbout: number;
      readonly text: string;
      readonly why: string;
      /** How to answer, where it is not one of the choices: an example of the value, "pick all that fit"; may be empty. */
      readonly hint: string;
      /** What the choices are shown with, and may be answered by. Where a number is the answer, their places are letters. */
      readonly places: 'numbers' | 'letters' | 'none';
      /** Whether several choices may be picked. */
      readonly several: boolean;
      /** The choices, in order. */
      readonly choices: readonly ChoiceButton[];
      /** Back, cancel and the like: they have no places. */
      readonly buttons: readonly Button[];
    }
  | {
      readonly kind: 'outcome';
      readonly guideId: string;
      readonly guideTitle: string;
      /** The questions of this guide that led here, in order. */
      readonly answered: readonly AnsweredQuestion[];
      readonly verdict: string;
      readonly explanation: string;
      readonly reasons: readonly string[];
      readonly ruledOut: readonly { readonly what: string; readonly because: string }[];
      readonly nextSteps: readonly string[];
      /** Things to tick off, in order; empty where there is nothing. */
      readonly checklist: readonly ChecklistEntry[];
      readonly cites: readonly { readonly id: string; readonly title: string }[];
      readonly asOf: string;
      readonly buttons: readonly Button[];
    }
  /** After something was ticked off: what comes next. The whole list stands in the outcome, and in the summary. */
  | {
      readonly kind: 'checklist';
      readonly lead: string;
      readonly items: readonly ChecklistEntry[];
      readonly buttons: readonly Button[];
    }
  | {
      readonly kind: 'handover';
      readonly text: string;
      readonly contact: Contact | undefined;
      readonly buttons: readonly Button[];
    };
