/**
 * Shares of the second and third closest utterance beside the closest: several close utterances are better evidence than one,
 * but one that says the same is worth more than ten that are vaguely alike.
 */
export const SECOND_SHARE = 0.3;
export const THIRD_SHARE = 0.1;
