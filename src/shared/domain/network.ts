/** What is in the way between this computer and a service. */
export type Obstacle = 'dns' | 'proxy' | 'certificate' | 'address' | 'connection' | 'service'

/** How one address is reached, or why it is not. */
export type NetworkFinding = {
  readonly host: string
  /** `directly`, or the proxy and where it is set. */
  readonly way: string
  readonly obstacle: Obstacle | null
  /** A whole sentence for the user. */
  readonly message: string
  readonly advice: string | null
}

export type NetworkReport = {
  /** What of the proxy settings does not do what its author may think; null where there is nothing of the kind. */
  readonly note: string | null
  readonly findings: readonly NetworkFinding[]
}
