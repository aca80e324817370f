/** As many takes fit on a contact sheet. */
export const mostOnSheet = 200
