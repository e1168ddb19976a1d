import { Socket } from 'node:net'

/** More than V8 tells apart, with those before it looks at all. */
const SHAPES = 64

let isDone = false

/**
 * Node copies the options of each socket and adds to the copy. As long as V8 (of Node 20) has seen few shapes of them, what
 * is added to each copy makes hidden classes of its own, which lie among the old objects until the next large collection:
 * a kilobyte for each connection, and a collection every few seconds. Once it has seen many shapes, it copies plainly and
 * that keeps nothing. So this shows it many, once in a process.
 */
export function copySocketOptionsPlainly(): void {
  if (isDone) return
  isDone = true
  for (let shape = 0; shape < SHAPES; shape++) new Socket({ [`shape${shape}`]: true } as object)
}
