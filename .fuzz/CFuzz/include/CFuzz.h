/* Nothing to call: the module only brings the entry point. */
