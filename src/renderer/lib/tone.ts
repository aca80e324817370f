/** How something should feel: `info` is neutral. */
export type Tone = 'info' | 'good' | 'warn' | 'bad'
