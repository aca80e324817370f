/** What a task id may hold; anything else could lead the question somewhere else. */
export const taskIdPattern = /^[A-Za-z0-9_-]{1,200}$/
