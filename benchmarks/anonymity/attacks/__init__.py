"""The attackers. Each module is one of them; its docstring says who it is and what it has."""
