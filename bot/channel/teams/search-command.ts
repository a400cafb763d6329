/** The search of the message extension, as the app's manifest names it and Teams asks for it. */
export const SEARCH_COMMAND = 'searchFaq';
/** What is typed into it. */
export const SEARCH_PARAMETER = 'query';
