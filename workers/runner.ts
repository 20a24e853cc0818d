/** What drives the work: BullMQ on Redis, or a timer of our own. */
export interface Runner {
  /** Lets the piece of work at hand finish, takes no more, and resolves. */
  stop(): Promise<void>
}

/** Every minute. */
export const EVERY_MINUTE = '* * * * *'
