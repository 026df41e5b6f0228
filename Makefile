# Each target does all its own set-up; a second run installs and rebuilds nothing that is there.
.PHONY: help demo test bench format lint clean
.DEFAULT_GOAL := help

help: ## say what there is
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 16

demo: ## renumber a live block, in namespaces (root); SWITCH=ovs|natator: on which switch; SCENARIO=napt: share addresses
	@apps/lab/bin/setup demo
	@./natator lab demo $(SCENARIO) $(if $(SWITCH),--switch=$(SWITCH))

test: ## lint, unit tests, fuzz targets and end-to-end tests (root)
	@apps/lab/bin/setup test
	@apps/lab/bin/lint-api
	@apps/lab/bin/maven verify

bench: ## all benchmarks, or one: make bench BENCH=rules-install (root)
	@apps/lab/bin/setup bench
	@./natator lab bench $(BENCH)

format: ## lay out the code
	@apps/lab/bin/setup format
	@apps/lab/bin/maven -q spotless:apply

lint: ## check layout and API without building
	@apps/lab/bin/setup lint
	@apps/lab/bin/lint-api
	@apps/lab/bin/maven -q spotless:check

clean: ## remove what was built
	@apps/lab/bin/setup format
	@apps/lab/bin/maven -q clean
