// A file of its own, so that it can be loaded late: it brings all of Apollo's federation with it.
export { printSubgraphSchema } from '@apollo/subgraph/dist/printSubgraphSchema.js'
