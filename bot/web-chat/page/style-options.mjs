/* Web Chat's look. It computes with its colours, so they are read from the style sheet and given to it as values. */

const calm = matchMedia('(prefers-reduced-motion: reduce)');

/** Web Chat's style options for the page as it looks now; `initials`: those of the bot's picture, none by default. */
export function styleOptions({ initials } = {}) {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  const [accent, surface, text, muted, line] = ['accent', 'surface', 'text', 'muted', 'line'].map(colour);
  const [raised, soft, fill, onFill] = ['raised', 'accent-soft', 'fill', 'on-fill'].map(colour);
  return {
    accent,
    backgroundColor: surface,
    subtle: muted,
    primaryFont: style.getPropertyValue('--sans'),
    fontSizeSmall: '80%',
    rootHeight: '100%',
    ...(calm.matches ? { transitionDuration: '0s' } : {}),
    ...(initials ? { botAvatarInitials: initials, botAvatarBackgroundColor: fill, avatarSize: 34 } : {}),
    bubbleBackground: raised,
    bubbleBorderColor: line,
    bubbleBorderRadius: 14,
    bubbleBorderWidth: 1,
    bubbleTextColor: text,
    bubbleMaxWidth: 640,
    bubbleFromUserBackground: fill,
    bubbleFromUserBorderRadius: 14,
    bubbleFromUserBorderWidth: 0,
    bubbleFromUserTextColor: onFill,
    timestampColor: muted,
    hideUploadButton: true,
    // A long answer is shown from its beginning.
    autoScrollSnapOnPage: true,
    maxMessageLength: 2_000,
    // What is said while the connection is lost waits for its return.
    sendTimeout: 300_000,
    sendBoxBackground: surface,
    sendBoxTextColor: text,
    sendBoxPlaceholderColor: muted,
    sendBoxButtonColor: accent,
    sendBoxBorderTop: `solid 1px ${line}`,
    sendBoxHeight: 56,
    sendBoxTextWrap: true,
    sendBoxButtonKeyboardFocusIndicatorBorderColor: accent,
    suggestedActionLayout: 'flow',
    suggestedActionsFlowMaxHeight: Math.round(Math.min(innerHeight * 0.32, 300)),
    suggestedActionBackgroundColor: surface,
    suggestedActionBackgroundColorOnHover: soft,
    suggestedActionBackgroundColorOnFocus: soft,
    suggestedActionBackgroundColorOnActive: soft,
    suggestedActionBorderColor: accent,
    suggestedActionBorderWidth: 1,
    suggestedActionBorderRadius: 20,
    suggestedActionTextColor: accent,
    suggestedActionTextColorOnHover: accent,
    suggestedActionTextColorOnFocus: accent,
    suggestedActionTextColorOnActive: accent,
    suggestedActionHeight: 40,
    suggestedActionKeyboardFocusIndicatorBorderColor: accent,
    suggestedActionKeyboardFocusIndicatorBorderStyle: 'solid',
    suggestedActionKeyboardFocusIndicatorBorderWidth: 2,
    suggestedActionKeyboardFocusIndicatorBorderRadius: 16,
    suggestedActionsVisualKeyboardIndicatorColor: line,
    transcriptVisualKeyboardIndicatorColor: accent,
    transcriptActivityVisualKeyboardIndicatorColor: accent,
    transcriptOverlayButtonBackground: raised,
    transcriptOverlayButtonColor: text,
  };
}
