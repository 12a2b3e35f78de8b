"""peerreview: which of the partners we share are two-way streets?"""

__version__ = "0.1.0"
