package io.natator.cli.kind;

import com.google.common.collect.Iterators;
import com.google.protobuf.FieldMask;
import io.natator.cli.client.Client;
import io.natator.cli.output.Cell;
import io.natator.cli.output.Column;
import io.natator.cli.output.Details;
import io.natator.cli.output.Words;
import io.natator.v1.CreateTranslationRequest;
import io.natator.v1.DeleteTranslationRequest;
import io.natator.v1.GetTranslationRequest;
import io.natator.v1.ListTranslationsRequest;
import io.natator.v1.ListTranslationsResponse;
import io.natator.v1.Resource;
import io.natator.v1.Translation;
import io.natator.v1.TranslationStatus;
import io.natator.v1.UpdateTranslationRequest;
import io.natator.v1.WatchTranslationsRequest;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Translations. */
public final class TranslationKind implements EditableKind<Translation> {

    @Override
    public String singular() {
        return "translation";
    }

    @Override
    public String plural() {
        return "translations";
    }

    @Override
    public String shortName() {
        return "tr";
    }

    @Override
    public Translation prototype() {
        return Translation.getDefaultInstance();
    }

    @Override
    public Translation get(Client client, String name) {
        return client.translations()
                .getTranslation(GetTranslationRequest.newBuilder().setName(name).build());
    }

    @Override
    public Page<Translation> list(Client client, String token) {
        ListTranslationsResponse page = client.translations()
                .listTranslations(
                        ListTranslationsRequest.newBuilder().setPageToken(token).build());
        return new Page<>(page.getTranslationsList(), page.getNextPageToken());
    }

    @Override
    public Iterator<Change<Translation>> watch(Client client, String name) {
        WatchTranslationsRequest request =
                WatchTranslationsRequest.newBuilder().setName(name).build();
        return Iterators.transform(
                client.followTranslations().watchTranslations(request),
                response -> new Change<>(response.getType(), response.getTranslation(), response));
    }

    @Override
    public Translation create(Client client, Translation translation, boolean validateOnly) {
        return client.translations()
                .createTranslation(CreateTranslationRequest.newBuilder()
                        .setTranslationId(Words.id(translation.getName()))
                        .setTranslation(translation)
                        .setValidateOnly(validateOnly)
                        .build());
    }

    @Override
    public Translation update(Client client, Translation translation, FieldMask mask, boolean validateOnly) {
        UpdateTranslationRequest.Builder request = UpdateTranslationRequest.newBuilder()
                .setTranslation(translation)
                .setValidateOnly(validateOnly);
        if (mask.getPathsCount() > 0) {
            request.setUpdateMask(mask);
        }
        return client.translations().updateTranslation(request.build());
    }

    @Override
    public void delete(Client client, String name, boolean validateOnly) {
        var _ = client.translations()
                .deleteTranslation(DeleteTranslationRequest.newBuilder()
                        .setName(name)
                        .setValidateOnly(validateOnly)
                        .build());
    }

    @Override
    public Resource toResource(Translation translation) {
        return Resource.newBuilder().setTranslation(translation).build();
    }

    @Override
    public List<Column<Translation>> columns() {
        return List.of(
                Column.of("NAME", (t, _) -> Cell.of(Words.id(t.getName()))),
                Column.of("INSIDE", (t, _) -> Cell.of(t.getInside())),
                Column.of("OUTSIDE", (t, _) -> Cell.of(t.getOutside())),
                Column.of("DEVICES", (t, _) -> Cell.of(ids(t.getDevicesList()))),
                Column.of("STATE", (t, _) -> States.of(t)),
                Column.of("AGE", (t, now) -> Cell.of(Words.age(t.getCreateTime(), now))),
                Column.wide("RULES", (t, _) -> sum(t, TranslationStatus::getRules)),
                Column.wide("PACKETS", (t, _) -> sum(t, TranslationStatus::getPackets)),
                Column.wide("BYTES", (t, _) -> sum(t, TranslationStatus::getBytes)),
                Column.wide("PLACEMENT", (t, _) -> each(t, TranslationStatus::getPlacement)),
                Column.wide("REASON", (t, _) -> each(t, TranslationStatus::getReason)));
    }

    private static Cell sum(Translation translation, ToLongFunction<TranslationStatus> value) {
        return Cell.of(Words.number(
                translation.getStatusesList().stream().mapToLong(value).sum()));
    }

    private static Cell each(Translation translation, Function<TranslationStatus, String> value) {
        return Cell.of(translation.getStatusesList().stream()
                .map(value)
                .filter(text -> !text.isEmpty())
                .distinct()
                .collect(Collectors.joining("; ")));
    }

    static String ids(List<String> names) {
        return names.stream().map(Words::id).collect(Collectors.joining(","));
    }

    @Override
    public void describe(Translation translation, Details details, Instant now) {
        TranslationDetails.describe(translation, details, now);
    }
}
