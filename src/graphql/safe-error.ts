import { GraphQLError } from 'graphql'

/** An error in our own words: its message holds nothing of a request, so that it is told as it is. */
export class SafeError extends GraphQLError {}
