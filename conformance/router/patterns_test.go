//go:build router_oracle && !router_without_patterns

package main

// propagate is what main does with PROPAGATE_HEADERS: patterns that do not compile are logged and left out.
func propagate(patterns []string) { compiledHeaderPatterns, _ = compilePatterns(patterns) }
