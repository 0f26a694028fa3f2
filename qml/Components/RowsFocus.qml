import QtQuick
import Marea

// Keeps the focus of a page of rows on one that is there: rows without anything in them are not.
Item {
    id: keeper
    required property FocusScope scope
    required property Column list

    function settle() {
        if (!scope.activeFocus) return
        let first = null
        for (let i = 0; i < list.children.length; ++i) {
            const row = list.children[i]
            if (row.visible && row.activeFocus) return
            if (row.visible && !first && row.takesFocus === true) first = row
        }
        if (first) first.forceActiveFocus()
    }
    Connections { target: keeper.scope; function onActiveFocusChanged() { keeper.settle() } }
    Connections { target: keeper.list; function onPositioningComplete() { keeper.settle() } }
}
