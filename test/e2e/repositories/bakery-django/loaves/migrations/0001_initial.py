from django.db import migrations, models


def first(apps, schema_editor):
    apps.get_model("loaves", "Loaf").objects.create(name="rye", baked=True)


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Loaf",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("baked", models.BooleanField(default=False)),
            ],
        ),
        migrations.RunPython(first),
    ]
