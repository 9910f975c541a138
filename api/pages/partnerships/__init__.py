"""The page of a partner: its part of one application, and nothing else of it."""

from api.pages.partnerships.part import router

__all__ = ["router"]
