/**
 * How a question of a guide was left: by its answer; back to an earlier question or to the beginning; by putting the guide aside for
 * later; for another guide; or by stopping the guide, to which deleting everything belongs.
 */
export type WayOut = 'answered' | 'back' | 'put-aside' | 'switched' | 'cancelled';

/**
 * What a turn did in guides. Ids are those of the content. Every question that was entered is left once or is still open, so that
 * entered less left is what nobody has come back to.
 */
export type GuideMove =
  | { readonly kind: 'started'; readonly guide: string }
  | { readonly kind: 'entered'; readonly guide: string; readonly question: string }
  | { readonly kind: 'left'; readonly guide: string; readonly question: string; readonly way: WayOut }
  | { readonly kind: 'finished'; readonly guide: string; readonly outcome: string };
