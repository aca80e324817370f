/** What the practice provider's results are, in the window and on the pictures themselves. */
export const practiceWords = 'Practice: a stand-in for the real model'
