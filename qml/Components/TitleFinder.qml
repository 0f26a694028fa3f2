import QtQuick
import QtQuick.Window
import Marea.App

// The menu of a title wherever one is shown: by right click, long press, and the menu key. Lies above a page and takes
// nothing from it; what is a title tells so by its `mediaId`.
Item {
    id: finder
    required property TitleActions actions
    required property Item page

    function describe(item) {
        const title = item.mediaId ?? item.model?.mediaId ?? ""
        if (title === "" || (item.place ?? "") !== "") return null   // in another library
        const kind = item.kind ?? item.model?.kind ?? item.item?.kind ?? ""
        return {mediaId: title, kind: kind, title: item.title ?? item.item?.title ?? "", entryId: item.entryId ?? ""}
    }
    // The innermost that is one, at a point of `item`.
    function titleAt(item, x, y) {
        for (let i = item.children.length - 1; i >= 0; --i) {
            const child = item.children[i]
            if (!child.visible || child === finder) continue
            const at = child.mapFromItem(item, x, y)
            if (!child.contains(at)) continue
            const found = titleAt(child, at.x, at.y)
            if (found) return found
        }
        return item.mediaId !== undefined && item.mediaId !== "" ? item : null
    }
    function openFor(item, place) {
        const view = item.ListView?.view ?? null
        if (view && view.rowMenu !== undefined && view.rowMenu(item.index, place)) return
        const title = describe(item)
        if (title) actions.open(title, place)
    }
    function openAt(x, y) {
        const at = page.mapFromItem(finder, x, y)
        const item = titleAt(page, at.x, at.y)
        if (item) openFor(item, finder.mapToItem(null, x, y))
    }
    function openForFocus() {
        let item = finder.Window.activeFocusItem
        if (item && item.currentItem) item = item.currentItem
        for (; item && item !== page.parent; item = item.parent)
            if (item.mediaId !== undefined && item.mediaId !== "")
                return openFor(item, item.mapToItem(null, Math.min(80, item.width / 2), Math.min(60, item.height / 2)))
    }

    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: (point) => finder.openAt(point.position.x, point.position.y)
    }
    TapHandler {
        acceptedDevices: PointerDevice.TouchScreen | PointerDevice.Stylus
        onLongPressed: finder.openAt(point.position.x, point.position.y)
    }
}
