// Imported before everything else: graphql checks at every value whether it comes from another copy of itself, unless it
// is told, before it loads, that this is no development.
process.env['NODE_ENV'] ??= 'production'
