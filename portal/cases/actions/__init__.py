"""What people can do with a case. One function a deed."""
