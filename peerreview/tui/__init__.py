"""The screens. They draw what services return and ask services for what people want.

Nothing here knows files, codes or seals; state flows down, messages flow up.
"""
