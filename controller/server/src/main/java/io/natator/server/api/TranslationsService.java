package io.natator.server.api;

import com.google.protobuf.Empty;
import io.grpc.stub.StreamObserver;
import io.natator.server.resource.Collection;
import io.natator.server.resource.Errors;
import io.natator.server.resource.Resources;
import io.natator.v1.CreateTranslationRequest;
import io.natator.v1.DeleteTranslationRequest;
import io.natator.v1.GetTranslationRequest;
import io.natator.v1.ListTranslationsRequest;
import io.natator.v1.ListTranslationsResponse;
import io.natator.v1.Translation;
import io.natator.v1.TranslationsGrpc;
import io.natator.v1.UpdateTranslationRequest;
import io.natator.v1.WatchTranslationsRequest;
import io.natator.v1.WatchTranslationsResponse;
import jakarta.inject.Inject;
import java.util.concurrent.Executor;

/** {@code natator.v1.Translations}. */
public final class TranslationsService extends TranslationsGrpc.TranslationsImplBase {
    private final Collection<Translation, io.natator.model.intent.Translation> translations;
    private final Executor executor;

    @Inject
    TranslationsService(Resources resources, Executor executor) {
        this.translations = resources.translations();
        this.executor = executor;
    }

    @Override
    public void getTranslation(GetTranslationRequest request, StreamObserver<Translation> response) {
        String id = translations.id("name", request.getName());
        response.onNext(translations.catalog().get(id).orElseThrow(() -> Errors.notFound(request.getName())));
        response.onCompleted();
    }

    @Override
    public void listTranslations(ListTranslationsRequest request, StreamObserver<ListTranslationsResponse> response) {
        Pages.list(translations.catalog(), request.getPageSize(), request.getPageToken(), (page, next) -> {
            response.onNext(ListTranslationsResponse.newBuilder()
                    .addAllTranslations(page)
                    .setNextPageToken(next)
                    .build());
            response.onCompleted();
        });
    }

    @Override
    public void createTranslation(CreateTranslationRequest request, StreamObserver<Translation> response) {
        response.onNext(
                translations.create(request.getTranslationId(), request.getTranslation(), request.getValidateOnly()));
        response.onCompleted();
    }

    @Override
    public void updateTranslation(UpdateTranslationRequest request, StreamObserver<Translation> response) {
        response.onNext(translations.update(
                request.getTranslation(),
                request.getUpdateMask(),
                request.getAllowMissing(),
                request.getValidateOnly()));
        response.onCompleted();
    }

    @Override
    public void deleteTranslation(DeleteTranslationRequest request, StreamObserver<Empty> response) {
        translations.delete(request.getName(), request.getEtag(), request.getAllowMissing(), request.getValidateOnly());
        response.onNext(Empty.getDefaultInstance());
        response.onCompleted();
    }

    @Override
    public void watchTranslations(
            WatchTranslationsRequest request, StreamObserver<WatchTranslationsResponse> response) {
        String only = request.getName().isEmpty() ? "" : translations.id("name", request.getName());
        WatchStream.open(
                translations.catalog(),
                only,
                (type, message) -> WatchTranslationsResponse.newBuilder()
                        .setType(type)
                        .setTranslation(message)
                        .build(),
                response,
                executor);
    }
}
