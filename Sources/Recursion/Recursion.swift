// Recursion
