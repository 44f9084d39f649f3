/* Nothing is called by name: the compiler calls the functions of counters.c at each edge. */
