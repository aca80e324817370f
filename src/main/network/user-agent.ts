import about from '../../../package.json' with { type: 'json' }

/**
 * What every request says of itself. Some services are behind a check that turns away clients that say nothing
 * (support.cloudflare.com/hc/en-us/articles/200170086, 2026-11).
 */
export const userAgent = `Understudy/${about.version}`
