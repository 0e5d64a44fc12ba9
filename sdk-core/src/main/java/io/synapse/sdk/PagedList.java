package io.synapse.sdk;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A list that is fetched page by page during iteration. Creating one sends nothing. Each {@link #iterator()},
 * {@link #stream()} or {@link #pages()} starts again at the first page.
 *
 * <p>Only path and query of a {@code next} link are used, with the client's base address: a server behind a proxy may
 * send a link to another host, which must not get the credentials. The list is thread-safe; an iterator is not.
 *
 * @param <T> the type of the items
 */
public final class PagedList<T> implements Iterable<T> {
    private final Performer performer;
    private final Operation<Page<T>> first;
    private final Function<URI, Operation<Page<T>>> following;

    /**
     * A list over the pages that begin with this one.
     *
     * @param performer the client that fetches them
     * @param first the first page
     */
    public PagedList(Performer performer, Endpoint<Page<T>> first) {
        this(performer, first, first::at);
    }

    /**
     * A list over pages that are not read as a {@link Page}, but made of other answers.
     *
     * @param performer the client that fetches them
     * @param first the first page
     * @param following the page at a {@code next} link
     */
    public PagedList(Performer performer, Operation<Page<T>> first, Function<URI, Operation<Page<T>>> following) {
        this.performer = performer;
        this.first = first;
        this.following = following;
    }

    /** The items of all pages that begin with this one, fetched one page after another. */
    public static <T> Operation<List<T>> collect(Endpoint<Page<T>> first) {
        return collect(first, first::at);
    }

    /** The items of all pages that begin with this one, where pages are made of other answers. */
    public static <T> Operation<List<T>> collect(
            Operation<Page<T>> first, Function<URI, Operation<Page<T>>> following) {
        return Operation.deferred(() -> collect(first, following, new ArrayList<>()));
    }

    private static <T> Operation<List<T>> collect(
            Operation<Page<T>> page, Function<URI, Operation<Page<T>>> following, List<T> items) {
        return page.then(read -> {
            items.addAll(read.results());
            URI next = read.next();
            return next == null ? Operation.of(List.copyOf(items)) : collect(following.apply(next), following, items);
        });
    }

    /** The pages, each fetched on demand. */
    public Iterable<Page<T>> pages() {
        return PageIterator::new;
    }

    /** The items of all pages; fetching a page throws the exceptions of {@link Performer#perform}. */
    @Override
    public Iterator<T> iterator() {
        return new ItemIterator();
    }

    /** The items as a sequential stream. */
    public Stream<T> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    private final class PageIterator implements Iterator<Page<T>> {
        private @Nullable Operation<Page<T>> upcoming = first;

        @Override
        public boolean hasNext() {
            return upcoming != null;
        }

        @Override
        public Page<T> next() {
            if (upcoming == null) {
                throw new NoSuchElementException();
            }
            Page<T> page = performer.perform(upcoming);
            upcoming = page.next() == null ? null : following.apply(page.next());
            return page;
        }
    }

    private final class ItemIterator implements Iterator<T> {
        private final PageIterator pages = new PageIterator();
        private final Deque<T> items = new ArrayDeque<>();

        @Override
        public boolean hasNext() {
            while (items.isEmpty() && pages.hasNext()) {
                items.addAll(pages.next().results());
            }
            return !items.isEmpty();
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return items.remove();
        }
    }
}
