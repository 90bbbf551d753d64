from celery import shared_task

from .models import Loaf


@shared_task
def bake(name):
    Loaf.objects.create(name=name, baked=True)
    return f"{name} is baked"
