// The package has threads and files of its own: it is loaded as it is installed, not bundled.
export default { serverExternalPackages: ['payapi-graphql'] }
